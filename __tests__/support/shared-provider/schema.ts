/** Fields of the answer to GetSchema that have an entry for each type: resources, data sources, ephemeral resources. */
const MAPS = new Set([2, 3, 8]);

/** A compressed flag and a length come before a message of gRPC. */
const HEAD = 5;

/** Reads the wire format of protocol buffers, as far as the answer has it: every field is delimited by a length. */
class Reader {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  public get ended(): boolean {
    return this.at >= this.bytes.length;
  }

  private varint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.bytes[this.at++] ?? 0;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  public field() {
    const from = this.at;
    const tag = this.varint();
    if ((tag & 7) !== 2) throw new Error(`field ${tag >> 3} is not delimited by a length`);
    const length = this.varint();
    const content = this.bytes.subarray(this.at, (this.at += length));
    return { number: tag >> 3, content, whole: this.bytes.subarray(from, this.at) };
  }
}

/**
 * The provider's answer to GetSchema, as a message of gRPC, with these types of resources alone.
 *
 * @see https://developer.hashicorp.com/terraform/plugin/terraform-plugin-protocol
 */
export function schemaOf(answer: Buffer, types: ReadonlySet<string>): Buffer {
  const reader = new Reader(answer.subarray(HEAD));
  const kept: Buffer[] = [];
  while (!reader.ended) {
    const { number, content, whole } = reader.field();
    if (!MAPS.has(number) || types.has(new Reader(content).field().content.toString())) kept.push(whole);
  }
  const message = Buffer.concat(kept);
  const head = Buffer.alloc(HEAD);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}
