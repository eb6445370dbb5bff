import {
  CompleteLayerUploadCommand,
  GetDownloadUrlForLayerCommand,
  InitiateLayerUploadCommand,
  UploadLayerPartCommand,
  type ECRClient,
} from "@aws-sdk/client-ecr";
import { Failure } from "../../errors";

/** A repository, with a client that may use it. */
export interface EcrRepository {
  readonly ecr: ECRClient;
  readonly repositoryName: string;
}

/** Bytes of a part, if ECR names no size: a part but the last has at least 5 MiB. */
const PART = 10 * 2 ** 20;

/** Copies a layer, or the configuration of an image, in parts: memory does not grow with its size. */
export async function copyLayer(from: EcrRepository, to: EcrRepository, layerDigest: string): Promise<void> {
  const { repositoryName } = to;
  const { partSize = PART, uploadId } = await to.ecr.send(new InitiateLayerUploadCommand({ repositoryName }));
  let sent = 0;
  for await (const layerPartBlob of partsOf(await download(from, layerDigest), partSize)) {
    const partLastByte = sent + layerPartBlob.length - 1;
    await to.ecr.send(
      new UploadLayerPartCommand({
        repositoryName,
        uploadId,
        partFirstByte: sent,
        partLastByte,
        layerPartBlob,
      }),
    );
    sent = partLastByte + 1;
  }
  await to.ecr
    .send(new CompleteLayerUploadCommand({ repositoryName, uploadId, layerDigests: [layerDigest] }))
    .catch((error: unknown) => {
      if ((error as Error).name !== "LayerAlreadyExistsException") throw error;
    });
}

async function download({ ecr, repositoryName }: EcrRepository, layerDigest: string) {
  const { downloadUrl = "" } = await ecr.send(
    new GetDownloadUrlForLayerCommand({ repositoryName, layerDigest }),
  );
  const answer = await fetch(downloadUrl).catch((error: unknown) => {
    throw new Failure(`the layer ${layerDigest} could not be downloaded: ${(error as Error).message}`);
  });
  if (!answer.ok || !answer.body)
    throw new Failure(`the layer ${layerDigest} could not be downloaded: HTTP ${answer.status}`);
  return answer.body;
}

/** The bytes in pieces of one size; the last may be smaller. */
export async function* partsOf(bytes: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of bytes) {
    pieces.push(piece);
    length += piece.length;
    if (length < size) continue;
    let rest = Buffer.concat(pieces);
    for (; rest.length >= size; rest = rest.subarray(size)) yield rest.subarray(0, size);
    pieces = [rest];
    length = rest.length;
  }
  if (length > 0) yield Buffer.concat(pieces);
}
