import { pipeline } from "node:stream/promises";
import { repositoryAt } from "./image-name";
import { locationOf, note, type Handler, type Request } from "./request";

/** `POST /blobs/uploads/`: begins an upload, takes a whole layer, or mounts one of another repository. */
export const beginUpload: Handler = async (own) => {
  const { blobs, query, repository, request } = own;
  await own.requireRepository(repository);
  const from = repositoryAt(query.get("from") ?? "");
  const mount = query.get("mount");
  note(own, mount === null ? "InitiateLayerUpload" : "BatchCheckLayerAvailability");
  if (mount !== null) {
    if (from?.account === repository.account && blobs.mount(repository, from, mount)) {
      created(own, mount);
      return;
    }
    note(own, "InitiateLayerUpload");
  }
  const id = blobs.begin(repository);
  const digest = query.get("digest");
  if (digest === null) accepted(own, id, 0);
  else {
    await blobs.append(repository, id, request);
    await complete(own, id, digest);
  }
};

/** `PATCH /blobs/uploads/<id>`: the next part of a layer. */
export const uploadPart: Handler = async (own) => {
  const { blobs, reference, repository, request } = own;
  note(own, "UploadLayerPart");
  accepted(own, reference, await blobs.append(repository, reference, request));
};

/** `PUT /blobs/uploads/<id>?digest=…`: the last part, which may be empty. */
export const completeUpload: Handler = async (own) => {
  const { blobs, query, reference, repository, request } = own;
  await blobs.append(repository, reference, request);
  await complete(own, reference, query.get("digest") ?? "");
};

/** `DELETE /blobs/uploads/<id>` */
export const giveUpUpload: Handler = ({ blobs, reference, repository, response }) => {
  blobs.giveUp(repository, reference);
  response.writeHead(204).end();
  return Promise.resolve();
};

/** `HEAD /blobs/<digest>` */
export const checkLayer: Handler = async (own) => {
  const { blobs, reference, repository, response } = own;
  await own.requireRepository(repository);
  note(own, "BatchCheckLayerAvailability");
  response.writeHead(200, headersOf(reference, blobs.require(repository, reference))).end();
};

/** `GET /blobs/<digest>` */
export const readLayer: Handler = async (own) => {
  const { blobs, reference, repository, response } = own;
  await own.requireRepository(repository);
  note(own, "GetDownloadUrlForLayer");
  response.writeHead(200, headersOf(reference, blobs.require(repository, reference)));
  await pipeline(blobs.read(reference), response);
};

const headersOf = (digest: string, size: number) => ({
  "content-length": size,
  "content-type": "application/octet-stream",
  "docker-content-digest": digest,
});

async function complete(own: Request, id: string, digest: string): Promise<void> {
  note(own, "CompleteLayerUpload");
  await own.blobs.complete(own.repository, id, digest);
  created(own, digest);
}

function created(own: Request, digest: string): void {
  const location = locationOf(own, `blobs/${digest}`);
  own.response.writeHead(201, { location, "docker-content-digest": digest }).end();
}

function accepted(own: Request, id: string, size: number): void {
  const location = locationOf(own, `blobs/uploads/${id}`);
  const range = `0-${Math.max(0, size - 1)}`;
  own.response.writeHead(202, { location, range, "docker-upload-uuid": id }).end();
}
