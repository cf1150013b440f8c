package dev.keizoku.contract.corpus;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/** Where records keep what is not their text; what is not set is as its description says. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecordFields(
    @JsonPropertyDescription("Field, column or path with the title of a document. Default: title.")
        @Size(max = 128)
        String title,
    @JsonPropertyDescription(
            "Field, column or path with the name of a document in its source, which outlives another "
                + "export. Default: id.")
        @Size(max = 128)
        String id,
    @JsonPropertyDescription("Field, column or path with the address. Default: url.")
        @Size(max = 128)
        String url,
    @JsonPropertyDescription("Field, column or path with the day of publication. Default: date.")
        @Size(max = 128)
        String date) {

  /** Fills the defaults, which no schema fills within a list. */
  public RecordFields {
    title = title == null ? "title" : title;
    id = id == null ? "id" : id;
    url = url == null ? "url" : url;
    date = date == null ? "date" : date;
  }
}
