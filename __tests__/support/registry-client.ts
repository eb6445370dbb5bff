import { createHash } from "node:crypto";
import { request } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ECRClient, GetAuthorizationTokenCommand } from "@aws-sdk/client-ecr";
import type { Embedded } from "../../src/local/reconcile/embedded";
import { REGION } from "./embedded-aws";

export const MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";

export const digestOf = (bytes: string | Buffer) =>
  `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

/** The manifest of an image with one configuration and one layer. */
export const manifestOf = (config: string, layer: { digest: string; size: number }) =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE,
    config: {
      mediaType: "application/vnd.oci.image.config.v1+json",
      digest: digestOf(config),
      size: config.length,
    },
    layers: [{ mediaType: "application/vnd.oci.image.layer.v1.tar+gzip", ...layer }],
  });

export const hostOf = (account: string) => `${account}.dkr.ecr.${REGION}.amazonaws.com`;

/** A client of the registry that has logged in with the token of a role. */
export class RegistryClient {
  private constructor(
    private readonly port: number,
    private readonly token: string,
  ) {}

  public static async login(embedded: Embedded, port: number, roleArn: string): Promise<RegistryClient> {
    const ecr = embedded.clients.asRole(ECRClient, { roleArn, sessionName: "test" }, REGION);
    const { authorizationData: [data] = [] } = await ecr.send(new GetAuthorizationTokenCommand({}));
    return new RegistryClient(port, data?.authorizationToken ?? "");
  }

  public fetch(method: string, path: string, body?: string, type = "application/octet-stream") {
    const headers = { authorization: `Basic ${this.token}`, "content-type": type };
    return fetch(`http://127.0.0.1:${this.port}${path}`, { method, body, headers });
  }

  /** Pushes a small blob in one request. */
  public async blob(repository: string, content: string): Promise<{ digest: string; size: number }> {
    const digest = digestOf(content);
    const { status } = await this.fetch("POST", `/v2/${repository}/blobs/uploads/?digest=${digest}`, content);
    if (status !== 201) throw new Error(`${status} for a blob`);
    return { digest, size: content.length };
  }

  /** Pushes zeros in one PATCH with chunked transfer, and gives the status of the answer and the digest. */
  public async zeros(repository: string, size: number) {
    const begun = await this.fetch("POST", `/v2/${repository}/blobs/uploads/`);
    const location = begun.headers.get("location") ?? "";
    const hash = createHash("sha256");
    const piece = Buffer.alloc(2 ** 20);
    const pieces = function* () {
      for (let left = size; left > 0; left -= piece.length) {
        hash.update(piece);
        yield piece;
      }
    };
    const sent = request(`http://127.0.0.1:${this.port}${location}`, {
      method: "PATCH",
      headers: { authorization: `Basic ${this.token}` },
    });
    const answered = new Promise<number>((resolve, reject) => {
      sent.on("response", (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      sent.on("error", reject);
    });
    answered.catch(() => undefined);
    await pipeline(Readable.from(pieces()), sent).catch(() => undefined);
    const status = await answered;
    const digest = `sha256:${hash.digest("hex")}`;
    if (status !== 202) return { status, digest };
    const { status: completed } = await this.fetch("PUT", `${location}?digest=${digest}`);
    return { status: completed, digest };
  }
}
