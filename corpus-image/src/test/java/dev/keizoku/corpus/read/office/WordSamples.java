package dev.keizoku.corpus.read.office;

import java.math.BigInteger;
import org.apache.poi.xwpf.usermodel.XWPFAbstractNum;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFStyle;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTAbstractNum;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTStyle;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STNumberFormat;

/** Word documents for tests. */
final class WordSamples {
  private WordSamples() {}

  static void headingsAndLists(XWPFDocument word) {
    word.getProperties().getCoreProperties().setTitle("定款のひな形");
    style(word, "a3", "Title");
    style(word, "2", "heading 2");
    var articles = list(word, 0, STNumberFormat.DECIMAL, "第%1条");
    var bullets = list(word, 1, STNumberFormat.BULLET, "\u2022");
    add(word, "定款", "a3", null);
    add(word, "総則", "2", null);
    add(word, "当会社は銀行業を営む。", null, articles);
    add(word, "本店を東京都に置く。", null, articles);
    add(word, "附則", null, bullets);
    add(word, "公告する。", null, articles);
  }

  private static void add(XWPFDocument word, String text, String style, BigInteger list) {
    var paragraph = word.createParagraph();
    paragraph.createRun().setText(text);
    if (style != null) {
      paragraph.setStyle(style);
    }
    if (list != null) {
      paragraph.setNumID(list);
      paragraph.setNumILvl(BigInteger.ZERO);
    }
  }

  private static void style(XWPFDocument word, String id, String name) {
    var style = CTStyle.Factory.newInstance();
    style.setStyleId(id);
    style.addNewName().setVal(name);
    word.createStyles().addStyle(new XWPFStyle(style));
  }

  private static BigInteger list(
      XWPFDocument word, int id, STNumberFormat.Enum format, String text) {
    var form = CTAbstractNum.Factory.newInstance();
    form.setAbstractNumId(BigInteger.valueOf(id));
    var level = form.addNewLvl();
    level.setIlvl(BigInteger.ZERO);
    level.addNewNumFmt().setVal(format);
    level.addNewLvlText().setVal(text);
    level.addNewStart().setVal(BigInteger.ONE);
    var numbering = word.createNumbering();
    return numbering.addNum(numbering.addAbstractNum(new XWPFAbstractNum(form, numbering)));
  }
}
