package dev.keizoku.corpus.read.filing;

import java.text.Normalizer;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a filing is, by the list of documents where it names it, else by the filing's own elements,
 * else by the names of its files. Fields that nothing tells are empty.
 *
 * @param filing EDINET's document id, or else what its files' names say
 * @param company as it is written in Japanese
 * @param edinetCode for instance {@code E02367}
 * @param securityCode five digits, the fifth of common stock is 0
 * @param documentType for instance {@code 有価証券報告書}
 * @param periodStart first day of the period, {@code yyyy-mm-dd}
 * @param periodEnd last day of the period, {@code yyyy-mm-dd}
 * @param submitted day of submission, {@code yyyy-mm-dd}
 * @param parent the filing that it amends, or that it belongs to
 * @param form of its taxonomy and short name of its kind, for instance {@code jpcrp030000-asr}
 * @param amendment whether it amends another
 * @param individual whether who submitted it is a person, as a large holder may be
 */
record FilingAttributes(
    String filing,
    String company,
    String edinetCode,
    String securityCode,
    String documentType,
    String periodStart,
    String periodEnd,
    String submitted,
    String parent,
    String form,
    boolean amendment,
    boolean individual) {

  private static final Pattern DATE =
      Pattern.compile("(\\d{4})[年/-]\\s*(\\d{1,2})[月/-]\\s*(\\d{1,2})");

  /** Reports of an event; the date in the names of their files is its day. */
  private static final Set<String> EVENTS = Set.of("esr", "lvh", "srs");

  private static final Pattern ERA =
      Pattern.compile("(平成|令和)(元|\\d{1,2})年\\s*(\\d{1,2})月\\s*(\\d{1,2})日");
  private static final int BEFORE_HEISEI = 1988;
  private static final int BEFORE_REIWA = 2018;

  /** Puts together what is known. */
  static FilingAttributes of(
      String key, FilingName name, DocumentList.Entry listed, Map<String, String> facts) {
    var all = new Facts(facts);
    boolean flagged = all.first("AmendmentFlagDEI").equals("true");
    var title = all.first("DocumentTitleCoverPage", "DocumentName", "DocumentTitle");
    var report = name == null ? "" : DocumentType.ofReport(name.report());
    var type = or(listed == null ? "" : listed.type(), or(title, report));
    return new FilingAttributes(
        key,
        or(listed == null ? "" : listed.company(), all.company()),
        or(listed == null ? "" : listed.edinetCode(), all.edinetCode(name)),
        or(listed == null ? "" : listed.securityCode(), all.securityCode(name)),
        type,
        or(
            listed == null ? "" : listed.periodStart(),
            date(all.first("CurrentFiscalYearStartDateDEI"))),
        or(listed == null ? "" : listed.periodEnd(), all.periodEnd(name)),
        or(
            listed == null ? "" : listed.submitted(),
            or(date(all.first("FilingDateCoverPage", "FilingDate")), submitted(name))),
        or(
            listed == null ? "" : listed.parent(),
            all.first("IdentificationOfDocumentSubjectToAmendmentDEI")),
        name == null || name.isTdnet() ? "" : name.form() + "-" + name.report(),
        flagged || DocumentType.isAmendment(type) || listed != null && listed.isAmendment(),
        all.first("IndividualOrCorporation").contains("個人"));
  }

  /** The same without the name of a person. */
  FilingAttributes withoutPerson() {
    return individual
        ? new FilingAttributes(
            filing,
            "",
            edinetCode,
            securityCode,
            documentType,
            periodStart,
            periodEnd,
            submitted,
            parent,
            form,
            amendment,
            true)
        : this;
  }

  private static String submitted(FilingName name) {
    return name == null ? "" : name.submitted();
  }

  private record Facts(Map<String, String> facts) {
    String first(String... names) {
      for (var name : names) {
        var value = facts.get(name);
        if (value != null) {
          return value;
        }
      }
      return "";
    }

    String company() {
      return first(
          "FilerNameInJapaneseDEI",
          "CompanyNameCoverPage",
          "CompanyName",
          "EntityNameJaEntityInformation");
    }

    String edinetCode(FilingName name) {
      var code = first("EDINETCodeDEI");
      boolean edinet = name != null && !name.isTdnet() && name.filer().startsWith("E");
      return !code.isEmpty() || !edinet ? code : name.filer().substring(0, 6);
    }

    /** TDnet writes a code without the digit that tells kinds of stock apart. */
    String securityCode(FilingName name) {
      var code = first("SecurityCodeDEI", "SecuritiesCode");
      var known = code.isEmpty() && name != null && name.isTdnet() ? name.filer() : code;
      return known.length() == 4 ? known + "0" : known;
    }

    String periodEnd(FilingName name) {
      var end = date(first("CurrentPeriodEndDateDEI", "FiscalYearEnd"));
      boolean byName = end.isEmpty() && name != null && !EVENTS.contains(name.report());
      return byName ? name.period() : end;
    }
  }

  private static String or(String first, String otherwise) {
    return first.isEmpty() ? otherwise : first;
  }

  /** A date as filings write it, as {@code yyyy-mm-dd}; empty for anything else. */
  static String date(String written) {
    var narrow = Normalizer.normalize(written, Normalizer.Form.NFKC);
    var date = DATE.matcher(narrow);
    if (date.find()) {
      return iso(Integer.parseInt(date.group(1)), date.group(2), date.group(3));
    }
    var era = ERA.matcher(narrow);
    if (!era.find()) {
      return "";
    }
    int year = era.group(2).equals("元") ? 1 : Integer.parseInt(era.group(2));
    int before = era.group(1).equals("平成") ? BEFORE_HEISEI : BEFORE_REIWA;
    return iso(before + year, era.group(3), era.group(4));
  }

  private static String iso(int year, String month, String day) {
    return "%04d-%02d-%02d".formatted(year, Integer.parseInt(month), Integer.parseInt(day));
  }

  /** Those that are known, by name. */
  Map<String, String> asMap() {
    var map = new TreeMap<String, String>();
    map.put("filing", filing);
    map.put("company", company);
    map.put("edinetCode", edinetCode);
    map.put("securityCode", securityCode);
    map.put("documentType", documentType);
    map.put("form", form);
    map.put("periodStart", periodStart);
    map.put("periodEnd", periodEnd);
    map.put("submitted", submitted);
    map.put("parentDocument", parent);
    map.values().removeIf(String::isEmpty);
    return map;
  }

  /**
   * One line that says what a text belongs to, for instance {@code 任天堂株式会社（証券コード7974） 有価証券報告書
   * 2023年4月1日から2024年3月31日まで 2024年6月28日提出}; empty when the company is not known.
   */
  String header() {
    if (company.isEmpty()) {
      return "";
    }
    var line = new StringBuilder(company);
    if (!securityCode.isEmpty()) {
      boolean common = securityCode.length() == 5 && securityCode.endsWith("0");
      line.append("（証券コード")
          .append(common ? securityCode.substring(0, 4) : securityCode)
          .append("）");
    }
    append(line, documentType, "");
    if (!periodStart.isEmpty() && !periodEnd.isEmpty()) {
      append(line, japanese(periodStart), "から" + japanese(periodEnd) + "まで");
    } else {
      append(line, japanese(periodEnd), "まで");
    }
    append(line, japanese(submitted), "提出");
    return line.toString();
  }

  private static void append(StringBuilder line, String what, String after) {
    if (!what.isEmpty()) {
      line.append(' ').append(what).append(after);
    }
  }

  private static String japanese(String iso) {
    var parts = iso.split("-");
    return parts.length < 3
        ? ""
        : "%d年%d月%d日"
            .formatted(
                Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }
}
