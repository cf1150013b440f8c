package dev.keizoku.storage.s3;

import dev.keizoku.storage.S3Uri;
import io.minio.Http;
import io.minio.ListMultipartUploadsArgs;
import io.minio.MinioAsyncClient;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/**
 * Which multipart uploads of an object were begun and never ended. The client asks for them too,
 * but refuses to read MinIO's answer, in which an upload has an empty {@code StorageClass} (seen
 * with client 9.0.4).
 */
final class UnfinishedUploads extends MinioAsyncClient {
  UnfinishedUploads(MinioAsyncClient client) {
    super(client);
  }

  /** Ids of the uploads. */
  List<String> of(S3Uri uri) throws Exception {
    // MinIO takes an object's whole key as the prefix, other stores any.
    var args = ListMultipartUploadsArgs.builder().bucket(uri.bucket()).prefix(uri.key()).build();
    var query = new Http.QueryParameters("uploads", "", "prefix", uri.key());
    try (var response = S3ObjectStore.await(executeGetAsync(args, null, query))) {
      return read(response.body().byteStream(), uri.key());
    }
  }

  /** Reads {@code ListMultipartUploadsResult}: of each upload its key comes before its id. */
  static List<String> read(InputStream xml, String key) throws XMLStreamException {
    var factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    var reader = factory.createXMLStreamReader(xml);
    var ids = new ArrayList<String>();
    var ofKey = false;
    while (reader.hasNext()) {
      if (reader.next() != XMLStreamConstants.START_ELEMENT) {
        continue;
      }
      switch (reader.getLocalName()) {
        case "Key" -> ofKey = reader.getElementText().equals(key);
        case "UploadId" -> {
          var id = reader.getElementText();
          if (ofKey) {
            ids.add(id);
          }
        }
        default -> {}
      }
    }
    return ids;
  }
}
