package dev.keizoku.corpus.read.filing.xbrl;

import java.util.regex.Pattern;

/**
 * What of a filing tells of persons: names, birth dates, careers and addresses of officers,
 * shareholders and contacts. By element where the form has elements, by heading where it has none.
 * Source: the elements of EDINET's taxonomies jpcrp, jpcrp-esr and jplvh, and of TDnet's tse-ed.
 */
public final class PersonalData {
  private static final Pattern ELEMENTS =
      Pattern.compile(
          "InformationAbout(?:Officers|Directors|Executive|CorporateAuditors|CompanyWithAudit)"
              + "|OutsideDirectors|(?:Newly)?(?:Appointed|Retired)(?:Officers|Directors)"
              + "|Footnotes(?:Directors|Officers|Executive)|ChangesInRepresentativeDirectors"
              + "|ChangesInOfficers|EachDirectorOrOtherOfficer|MajorShareholders"
              + "|DateOfBirth|CareerSummary|^Occupation$|OfEmployer$|NameOfRepresentative"
              + "|JobTitleOfRepresentative|ContactInformationAndPerson|NameOfContactPerson"
              + "|TitleAndNameOfRepresentative|TelephoneNumber|^(?:Name|Title)(?:Representative"
              + "|Inquiries)$|^Tel$");

  /** Of a large holding's filer and of the joint holders, who are companies or persons. */
  private static final Pattern HOLDER =
      Pattern.compile(
          "^(?:Former)?(?:Name|ResidentialAddressOrAddressOfRegisteredHeadquarter)(?:CoverPage)?$"
              + "|^FilerNameIn\\w+DEI$");

  private static final Pattern HEADINGS =
      Pattern.compile("^(?:#{1,6} )?[^【】]{0,12}【(?:役員(?:の状況|一覧|の異動)|大株主の状況|社外役員の状況|代表取締役の異動)】");
  private static final Pattern ANY_HEADING =
      Pattern.compile("^(?:#{1,6} )?[^【】]{0,12}【[^【】]{1,40}】");
  private static final Pattern LINES =
      Pattern.compile(
          "^\\s*(?:#{1,6} )?(?:生年月日|勤務先名称|勤務先住所|代表者氏名|事務上の連絡先及び担当者名|【?代表者の役職氏名】?|【?事務連絡者氏名】?)[\\s　]");

  private PersonalData() {}

  /** Whether an element tells of persons. */
  public static boolean isPersonal(Fact fact) {
    return ELEMENTS.matcher(fact.name()).find()
        || fact.individual() && HOLDER.matcher(fact.name()).find();
  }

  /** A text without the lines under headings of persons, for a form that has no elements. */
  public static String removeFrom(String text) {
    var kept = new StringBuilder();
    boolean personal = false;
    for (var line : text.lines().toList()) {
      if (ANY_HEADING.matcher(line).find()) {
        personal = HEADINGS.matcher(line).find();
      }
      if (!personal && !LINES.matcher(line).find()) {
        kept.append(line).append('\n');
      }
    }
    return kept.toString();
  }
}
