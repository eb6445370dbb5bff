import { HOST } from "../../emulator/port";

/** A repository of ECR. */
export interface Repository {
  readonly account: string;
  readonly region: string;
  readonly name: string;
}

const ECR = /^(?:https?:\/\/)?((\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com)(?:\/(.+))?$/;

/** The host of ECR that an image or a login names, without `https://`; undefined for any other registry. */
export const ecrHostOf = (text: string): string | undefined => ECR.exec(text)?.[1];

/**
 * The name of an ECR image in the local registry: `127.0.0.1:<port>/<account>.dkr.ecr.<region>.amazonaws.com/<name>`.
 * ECR's host becomes a part of the path, so that one registry serves every account and region. Other names stay.
 */
export const localImage = (image: string, port: number) =>
  ecrHostOf(image) === undefined ? image : `${HOST}:${port}/${image.replace(/^https?:\/\//, "")}`;

/** Takes the local registry out of a text, such as the output of a program. */
export const withoutLocal = (text: string, port: number) => text.replaceAll(`${HOST}:${port}/`, "");

/** The repository of a path below `/v2/`: `<host of ECR>/<name>`. */
export function repositoryAt(path: string): Repository | undefined {
  const [, , account, region, name] = ECR.exec(path) ?? [];
  return account === undefined || region === undefined || name === undefined
    ? undefined
    : { account, region, name };
}

export const hostOf = ({ account, region }: Pick<Repository, "account" | "region">) =>
  `${account}.dkr.ecr.${region}.amazonaws.com`;

export const arnOf = ({ account, region, name }: Repository) =>
  `arn:aws:ecr:${region}:${account}:repository/${name}`;
