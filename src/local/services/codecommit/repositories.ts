import type { Document, Documents } from "../../reconcile/documents";
import type { Embedded } from "../../reconcile/embedded";
import { PIPELINES, type PipelineDocument } from "../codepipeline/pipeline";
import type { Commit } from "./commits";
import type { Refs } from "./git";

/** The name of the git server's port. */
export const GIT_PORT = "git";

/** The kind of the documents of repositories. */
export const REPOSITORIES = "codecommit";

/** A repository of CodeCommit as moto has it. What is written as `refs` and differs becomes an event. */
export interface RepositoryDocument {
  readonly repositoryId: string;
  readonly refs: Refs;
  /** The commits of a push; empty when it is read. */
  readonly commits: readonly Commit[];
}

type Where = Pick<Document<unknown>, "account" | "region" | "id">;

/** The bare repository of a repository of CodeCommit. */
export const repositoryFolder = ({ file }: Pick<Embedded, "file">, { account, region, id }: Where) =>
  file(`repositories/${account}/${region}/${id}.git`);

/** The bare repository that stands for one behind a connection. @param fullName `owner/name` */
export const connectedFolder = ({ file }: Pick<Embedded, "file">, fullName: string) =>
  file(`repositories/connections/${fullName}.git`);

/** The name and the host name of a repository's URL in AWS are one setting of git away from this server. */
export const codeCommitHost = (region: string) => `https://git-codecommit.${region}.amazonaws.com/`;

/** Names as AWS allows them; no folder can be left by one. */
const NAME = String.raw`(?!\.{1,2}(?:/|$))[\w.-]+`;
const CODE_COMMIT = new RegExp(String.raw`^/v1/repos/(${NAME}?)(?:\.git)?(/.*)?$`);
const CONNECTION = new RegExp(
  String.raw`^/connections/(${NAME}(?:/${NAME})*?/${NAME}?)(?:\.git)?(/(?:info/refs|git-(?:upload|receive)-pack|HEAD|objects/.*))?$`,
);

/** What a URL is about: a repository, and what the client wants of it. */
export interface Requested {
  readonly service: "codecommit" | "connection";
  readonly name: string;
  readonly path: string;
}

/** @returns undefined for a URL that is about no repository. */
export function requested(pathname: string): Requested | undefined {
  const [, ofCodeCommit, path = ""] = CODE_COMMIT.exec(pathname) ?? [];
  if (ofCodeCommit !== undefined) return { service: "codecommit", name: ofCodeCommit, path };
  const [, connected, rest = ""] = CONNECTION.exec(pathname) ?? [];
  return connected === undefined ? undefined : { service: "connection", name: connected, path: rest };
}

/** The repositories, `owner/name`, that pipelines have as a source through a connection. */
export async function connectedRepositories(documents: Documents): Promise<Set<string>> {
  const pipelines = await documents.list<PipelineDocument>(PIPELINES);
  const actions = pipelines.flatMap(({ document: { pipeline } }) =>
    (pipeline.stages ?? []).flatMap((stage) => stage.actions ?? []),
  );
  return new Set(
    actions
      .filter(({ actionTypeId }) => actionTypeId?.provider === "CodeStarSourceConnection")
      .flatMap(({ configuration }) => configuration?.FullRepositoryId ?? []),
  );
}
