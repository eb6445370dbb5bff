import { BatchGetImageCommand, ECRClient, ListImagesCommand, PutImageCommand } from "@aws-sdk/client-ecr";
import type { AwsCredentialIdentityProvider } from "@aws-sdk/types";
import { TIMEOUTS } from "../../../aws/client-settings";
import { recordCalls, type Call } from "../../../aws/recorded-calls";
import { manifestUnknown, nameUnknown, RegistryError } from "./registry-error";
import type { Repository } from "./image-name";
import type { Token } from "./token";

export interface Manifest {
  readonly digest: string;
  readonly mediaType: string;
  readonly text: string;
}

const isDigest = (reference: string) => reference.startsWith("sha256:");

/** The images of moto's ECR, read and written with the credentials that a token names. */
export class Images {
  private readonly clients = new Map<string, ECRClient>();

  /** @param serviceOf Credentials of ECR itself, for an image that another account reads. */
  constructor(
    private readonly endpoint: string,
    private readonly serviceOf: (repository: Repository) => AwsCredentialIdentityProvider,
    private readonly onCall: (call: Call) => void,
  ) {}

  /** @throws RegistryError if there is no such image or repository. */
  public async read(token: Token, repository: Repository, reference: string): Promise<Manifest> {
    const { account, name } = repository;
    const imageId = isDigest(reference) ? { imageDigest: reference } : { imageTag: reference };
    const { images = [] } = await this.of(token, repository)
      .send(new BatchGetImageCommand({ registryId: account, repositoryName: name, imageIds: [imageId] }))
      .catch((error: unknown) => refused(error, repository));
    const [image] = images;
    if (image?.imageManifest === undefined) throw manifestUnknown();
    return {
      digest: image.imageId?.imageDigest ?? "",
      mediaType: image.imageManifestMediaType ?? "",
      text: image.imageManifest,
    };
  }

  /** Writes an image under a tag, or under its digest alone. One that exists as it is stays. */
  public async write(
    token: Token,
    repository: Repository,
    reference: string,
    { digest, mediaType, text }: Manifest,
  ): Promise<void> {
    const input = {
      registryId: repository.account,
      repositoryName: repository.name,
      imageManifest: text,
      imageManifestMediaType: mediaType,
      imageDigest: digest,
      imageTag: isDigest(reference) ? undefined : reference,
    };
    await this.of(token, repository)
      .send(new PutImageCommand(input))
      .catch((error: unknown) => {
        if ((error as Error).name !== "ImageAlreadyExistsException") refused(error, repository);
      });
  }

  public async tags(token: Token, repository: Repository): Promise<string[]> {
    const { account, name } = repository;
    const { imageIds = [] } = await this.of(token, repository)
      .send(new ListImagesCommand({ registryId: account, repositoryName: name }))
      .catch((error: unknown) => refused(error, repository));
    return imageIds.flatMap(({ imageTag }) => imageTag ?? []).sort();
  }

  private of({ accessKeyId, account, roleArn }: Token, repository: Repository): ECRClient {
    const { region } = repository;
    const key = [accessKeyId, repository.account, region].join(" ");
    const existing = this.clients.get(key);
    if (existing) return existing;
    const client = new ECRClient({
      endpoint: this.endpoint,
      region,
      // moto knows the account and the role by the key, and checks no signature.
      credentials:
        account === repository.account
          ? { accessKeyId, secretAccessKey: "of-the-token" }
          : this.serviceOf(repository),
      requestHandler: TIMEOUTS,
    });
    if (roleArn !== undefined) recordCalls(client, roleArn, this.onCall);
    this.clients.set(key, client);
    return client;
  }
}

/** Tells an error of ECR in the words of its registry. */
function refused(error: unknown, repository: Repository): never {
  const { message, name } = error as Error;
  if (name === "RepositoryNotFoundException") throw nameUnknown(repository);
  if (name === "ImageTagAlreadyExistsException") throw new RegistryError(400, "TAG_INVALID", message);
  if (name === "InvalidParameterException") throw new RegistryError(400, "MANIFEST_INVALID", message);
  throw error;
}
