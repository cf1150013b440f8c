package dev.keizoku.corpus.read.filing;

import java.util.HashMap;
import java.util.Map;

/** Names of EDINET's kinds of documents. Source: specification of the EDINET API, version 2. */
final class DocumentType {
  private static final Map<String, String> BY_CODE = new HashMap<>();

  /** By the short name of the report in the names of its files. */
  private static final Map<String, String> BY_REPORT =
      Map.ofEntries(
          Map.entry("asr", "有価証券報告書"),
          Map.entry("q1r", "四半期報告書"),
          Map.entry("q2r", "四半期報告書"),
          Map.entry("q3r", "四半期報告書"),
          Map.entry("ssr", "半期報告書"),
          Map.entry("esr", "臨時報告書"),
          Map.entry("srs", "有価証券届出書"),
          Map.entry("lvh", "大量保有報告書"),
          Map.entry("icr", "内部統制報告書"),
          Map.entry("sbr", "自己株券買付状況報告書"));

  private static final String[] CODES = {
    "010 有価証券通知書",
    "020 変更通知書",
    "030 有価証券届出書",
    "040 訂正有価証券届出書",
    "050 届出の取下げ願い",
    "060 発行登録通知書",
    "070 変更通知書",
    "080 発行登録書",
    "090 訂正発行登録書",
    "100 発行登録追補書類",
    "110 発行登録取下届出書",
    "120 有価証券報告書",
    "130 訂正有価証券報告書",
    "135 確認書",
    "136 訂正確認書",
    "140 四半期報告書",
    "150 訂正四半期報告書",
    "160 半期報告書",
    "170 訂正半期報告書",
    "180 臨時報告書",
    "190 訂正臨時報告書",
    "200 親会社等状況報告書",
    "210 訂正親会社等状況報告書",
    "220 自己株券買付状況報告書",
    "230 訂正自己株券買付状況報告書",
    "235 内部統制報告書",
    "236 訂正内部統制報告書",
    "240 公開買付届出書",
    "250 訂正公開買付届出書",
    "260 公開買付撤回届出書",
    "270 公開買付報告書",
    "280 訂正公開買付報告書",
    "290 意見表明報告書",
    "300 訂正意見表明報告書",
    "310 対質問回答報告書",
    "320 訂正対質問回答報告書",
    "330 別途買付け禁止の特例を受けるための申出書",
    "340 訂正別途買付け禁止の特例を受けるための申出書",
    "350 大量保有報告書",
    "360 訂正大量保有報告書",
    "370 基準日の届出書",
    "380 変更の届出書",
  };

  static {
    for (var code : CODES) {
      BY_CODE.put(code.substring(0, 3), code.substring(4));
    }
  }

  private DocumentType() {}

  /** The name of a code of the list of documents; empty for one that is not known. */
  static String ofCode(String code) {
    return BY_CODE.getOrDefault(code, "");
  }

  /** The name of a report's short name; empty for one that is not known. */
  static String ofReport(String report) {
    return BY_REPORT.getOrDefault(report, "");
  }

  /** Whether documents of this name amend others. */
  static boolean isAmendment(String name) {
    return name.contains("訂正");
  }
}
