package dev.keizoku.storage.hub;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.HubUri;
import dev.keizoku.storage.ObjectInfo;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * What a hub says of its models, asked once: which commit a revision is, so that all files that one
 * store reads are of the same commit, and size and digest of each file. Everything here is to be
 * called inside a retried operation.
 */
final class HubIndex {
  private static final int MOST_API_BYTES = 64 << 20;
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern NEXT_PAGE = Pattern.compile("<([^>]+)>;\\s*rel=\"next\"");

  private final HubClient client;
  private final Map<HubUri, String> commits = new ConcurrentHashMap<>();
  private final Map<HubUri, HubFile> files = new ConcurrentHashMap<>();

  HubIndex(HubClient client) {
    this.client = client;
  }

  /** The file, or empty when the model has none of that name. */
  Optional<HubFile> find(HubUri at) throws IOException {
    if (at.isFolder()) {
      return Optional.empty();
    }
    var known = files.get(at);
    if (known != null) {
      return Optional.of(known);
    }
    try {
      var file = HubFile.of(client.head(client.file(at, commit(at))).headers(), at);
      files.put(at, file);
      return Optional.of(file);
    } catch (HubAnswerException e) {
      if (e.isMissingEntry()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The commit that the revision was when it was first asked for. */
  String commit(HubUri at) throws IOException {
    if (COMMIT.matcher(at.revision()).matches()) {
      return at.revision();
    }
    var known = commits.get(at.root());
    if (known == null) {
      var answer = client.get(client.api(at, "revision", at.revision(), ""), null);
      known = json(answer, at).path("sha").asText();
      if (!COMMIT.matcher(known).matches()) {
        throw noHub(at);
      }
      commits.put(at.root(), known);
    }
    return known;
  }

  private static RunFault noHub(HubUri at) {
    return RunFault.userError(
        Reason.HUB_REFUSED,
        "What answers for %s is not a Hugging Face API; check HF_ENDPOINT.".formatted(at));
  }

  private static JsonNode json(HttpResponse<InputStream> response, HubUri at) throws IOException {
    try (var body = response.body()) {
      return Json.read(
          body.readNBytes(MOST_API_BYTES), JsonNode.class, "The hub's answer for " + at);
    }
  }

  /** All files below a folder, sorted by URI. */
  List<ObjectInfo> tree(HubUri folder) throws IOException {
    var found = new ArrayList<ObjectInfo>();
    var page = client.api(folder, "tree", commit(folder), folder.path());
    page = page.resolve(page.getRawPath() + "?recursive=true");
    while (page != null) {
      HttpResponse<InputStream> response;
      try {
        response = client.get(page, null);
      } catch (HubAnswerException e) {
        if (e.isMissingEntry()) {
          return List.of();
        }
        throw e;
      }
      for (var entry : json(response, folder)) {
        if (entry.path("type").asText().equals("file")) {
          found.add(remember(folder.at(entry.path("path").asText()), entry));
        }
      }
      var next = NEXT_PAGE.matcher(response.headers().firstValue("Link").orElse(""));
      page = next.find() ? client.onThisHub(page.resolve(next.group(1))) : null;
    }
    found.sort(ObjectInfo.BY_URI);
    return List.copyOf(found);
  }

  private ObjectInfo remember(HubUri at, JsonNode entry) {
    var large = entry.path("lfs");
    var etag = large.has("oid") ? large.path("oid").asText() : entry.path("oid").asText();
    var file = new HubFile(entry.path("size").asLong(), etag);
    files.put(at, file);
    return new ObjectInfo(at, file.bytes());
  }
}
