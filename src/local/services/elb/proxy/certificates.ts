import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { createSecureContext, type SecureContext } from "node:tls";
import { generate } from "selfsigned";
import type { Certificate, Listener } from "../table/table";

/** A certificate with its private key, as PEM. */
export interface Pem {
  readonly key: string;
  readonly cert: string;
}

/** Names of this machine, by which every certificate can be reached here. */
const LOCAL = ["localhost"];
const LOCAL_ADDRESS = "127.0.0.1";

const YEARS = 10;

/** The certificates of HTTPS listeners, made here: AWS never gives out the private keys of its own. */
export class Certificates {
  private readonly contexts = new Map<string, SecureContext>();

  /** @param file The file of a name below `.local`, where they are kept. */
  constructor(private readonly file: (name: string) => string) {}

  /** The certificate of these host names: the one that was made before, or else a new one. */
  public async pemOf(names: readonly string[]): Promise<Pem> {
    const id = createHash("sha256").update(names.join(" ")).digest("hex").slice(0, 16);
    const file = this.file(`certificates/${id}.json`);
    if (existsSync(file)) return JSON.parse(await readFile(file, "utf8")) as Pem;
    const pem = await make(names);
    await mkdir(dirname(file), { recursive: true });
    // Only its owner may read the key.
    await writeFile(`${file}.new`, JSON.stringify(pem), { mode: 0o600 });
    await rename(`${file}.new`, file);
    return pem;
  }

  /** Makes what the listener needs, so that a handshake does not wait for it. */
  public async prepare({ certificates }: Listener): Promise<void> {
    for (const { arn, names } of certificates)
      if (!this.contexts.has(arn)) this.contexts.set(arn, createSecureContext(await this.pemOf(names)));
  }

  /** The certificate that a client gets that asks for a host. */
  public contextFor({ certificates }: Listener, host: string): SecureContext | undefined {
    return this.contexts.get(chooseCertificate(certificates, host)?.arn ?? "");
  }
}

/** The one whose names have the host, an exact name before a wildcard; otherwise the default one, the first. */
export function chooseCertificate(
  certificates: readonly Certificate[],
  host: string,
): Certificate | undefined {
  const wanted = host.toLowerCase();
  const parent = `*.${wanted.split(".").slice(1).join(".")}`;
  const having = (name: string) =>
    certificates.find(({ names }) => names.some((one) => one.toLowerCase() === name));
  return having(wanted) ?? having(parent) ?? certificates[0];
}

async function make(names: readonly string[]): Promise<Pem> {
  const [common = "localhost"] = names;
  const notAfterDate = new Date();
  notAfterDate.setFullYear(notAfterDate.getFullYear() + YEARS);
  const dns = [...names, ...LOCAL].map((value) => ({ type: 2 as const, value }));
  const made = await generate([{ name: "commonName", value: common }], {
    keyType: "ec",
    algorithm: "sha256",
    notAfterDate,
    extensions: [
      { name: "subjectAltName", altNames: [...dns, { type: 7, ip: LOCAL_ADDRESS }] },
      { name: "extKeyUsage", serverAuth: true },
    ],
  });
  return { key: made.private, cert: made.cert };
}
