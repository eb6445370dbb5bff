import type { Place } from "../../aws/embedded-clients";

/** What only a service itself writes, as moto holds it. */
export interface Document<Content> {
  readonly account: string;
  readonly region: string;
  readonly id: string;
  /** Counts the changes. */
  readonly revision: number;
  readonly document: Content;
}

/** A document has changed since it was read. Read it again before the next write. */
export class StaleDocument extends Error {
  constructor(kind: string, { id, revision }: Pick<Document<unknown>, "id" | "revision">) {
    super(`${kind} ${id} has changed since revision ${revision}`);
  }
}

export const placeOf = ({ account, region }: Pick<Document<unknown>, "account" | "region">): Place => ({
  accountId: account,
  region,
});

/** The documents of moto that `src/local/moto/releases/` registers, by kind. */
export class Documents {
  constructor(private readonly endpoint: string) {}

  /** All documents of a kind, in every account and region. */
  public async list<Content>(kind: string): Promise<Document<Content>[]> {
    return (await this.request(kind)) as Document<Content>[];
  }

  /** One document as it is now; undefined if it is gone. */
  public async read<Content>(kind: string, of: Pick<Document<unknown>, "account" | "region" | "id">) {
    const all = await this.list<Content>(kind);
    return all.find((one) => one.id === of.id && one.account === of.account && one.region === of.region);
  }

  /**
   * Replaces the content of a document.
   *
   * @returns the document as it is now.
   * @throws StaleDocument if it has changed since it was read.
   */
  public async write<Content>(
    kind: string,
    read: Document<Content>,
    content: Content,
  ): Promise<Document<Content>> {
    const { account, region, id, revision } = read;
    const path = [kind, account, region, encodeURIComponent(id)].join("/");
    const answer = await this.request(path, { revision, document: content });
    if (answer === undefined) throw new StaleDocument(kind, read);
    return { ...read, ...(answer as { revision: number }), document: content };
  }

  /** @returns undefined if the document has changed. */
  private async request(path: string, body?: unknown): Promise<unknown> {
    const init = body === undefined ? {} : { method: "PUT", body: JSON.stringify(body), headers: JSON_TYPE };
    const answer = await fetch(`${this.endpoint}/codeseries/documents/${path}`, init);
    if (answer.status === 409) return undefined;
    if (!answer.ok) throw new Error(`${answer.status} for documents/${path}: ${await answer.text()}`);
    return answer.json();
  }
}

const JSON_TYPE = { "content-type": "application/json" };
