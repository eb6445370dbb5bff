import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { checkReferences } from "./references";
import { digestInvalid, RegistryError } from "./registry-error";
import { hostOf } from "./image-name";
import { locationOf, type Handler } from "./request";

/** ECR's quota of a manifest, in bytes. */
const LIMIT = 4 * 2 ** 20;

/** `PUT /manifests/<tag or digest>`: the image is in ECR when the answer is sent. */
export const writeManifest: Handler = async (own) => {
  const { images, reference, repository, request, response, token } = own;
  const bytes = await readAll(request);
  const text = bytes.toString();
  const digest = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
  if (reference.startsWith("sha256:") && reference !== digest) throw digestInvalid(digest, reference);
  const mediaType = request.headers["content-type"] ?? "";
  await checkReferences(own, text);
  await images.write(token, repository, reference, { digest, mediaType, text });
  const location = locationOf(own, `manifests/${digest}`);
  response.writeHead(201, { location, "docker-content-digest": digest }).end();
};

/** `GET` and `HEAD /manifests/<tag or digest>` */
export const readManifest: Handler = async ({ images, reference, repository, request, response, token }) => {
  const { digest, mediaType, text } = await images.read(token, repository, reference);
  response.writeHead(200, {
    "content-type": mediaType,
    "content-length": Buffer.byteLength(text),
    "docker-content-digest": digest,
  });
  response.end(request.method === "HEAD" ? "" : text);
};

/** `GET /tags/list` */
export const listTags: Handler = async ({ images, repository, response, token }) => {
  const tags = await images.tags(token, repository);
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ name: `${hostOf(repository)}/${repository.name}`, tags }));
};

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > LIMIT) throw new RegistryError(413, "SIZE_INVALID", `a manifest may have ${LIMIT} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
