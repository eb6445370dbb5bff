import { styleText } from "node:util";
import type { UserError } from "../errors";
import type { Progress } from "../process/progress";
import { variable } from "../process/variable";

/** An output stream, such as `process.stderr`. */
export interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** What a command reads and writes; `process` is one. */
export interface Io {
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: Stream;
  readonly stderr: Stream;
}

/** Options that every command has. */
export type UiOptions = Readonly<Partial<Record<"json" | "quiet" | "verbose", boolean>>>;

type Color = "bold" | "dim" | "green" | "red" | "yellow";

/** Of a log, and of a file that tables are written to. */
const DEFAULT_COLUMNS = 180;

/** Of a terminal that does not say. */
const NARROW = 80;

/** How often a log gets the live line. */
const LOG_INTERVAL_MS = 10_000;

const CLEAR_LINE = "\r\u001b[2K";
const CLEAR_BELOW = "\u001b[J";

/** @see https://no-color.org and https://force-color.org */
function hasColors({ isTTY = false }: Stream, env: NodeJS.ProcessEnv): boolean {
  const forced = variable(env, "FORCE_COLOR");
  if (forced !== undefined) return !["0", "false"].includes(forced);
  return isTTY && variable(env, "NO_COLOR") === undefined && env.TERM !== "dumb";
}

/** How a stream shows text: the characters in a line, and how to color a text, or leave it as it is. */
function styleOf(stream: Stream, env: NodeJS.ProcessEnv) {
  const colored = hasColors(stream, env);
  const { columns = 0, isTTY = false } = stream;
  return {
    columns: columns > 0 ? columns : isTTY ? NARROW : DEFAULT_COLUMNS,
    paint: (color: Color, text: string) =>
      colored ? styleText(color, text, { validateStream: false }) : text,
  };
}

/** Everything that a command writes: results to standard output, all else to standard error. */
export class Ui implements Progress {
  /** How standard output shows a result. */
  public readonly style: ReturnType<typeof styleOf>;
  private readonly errorStyle: ReturnType<typeof styleOf>;
  private lastLogged: number;
  private shown = "";
  /** How many lines the next `replace` replaces. */
  private replaced = 0;

  /** @param options They are known only after the arguments have been parsed. */
  constructor(
    private readonly io: Io,
    public readonly options: () => UiOptions = () => ({}),
    private readonly now: () => number = Date.now,
  ) {
    this.style = styleOf(io.stdout, io.env);
    this.errorStyle = styleOf(io.stderr, io.env);
    this.lastLogged = now();
  }

  /** Writes the result of a command: the text, or with --json the data. */
  public result(text: string, data?: unknown): void {
    this.clear();
    const asJson = this.options().json && data !== undefined;
    this.io.stdout.write(`${asJson ? JSON.stringify(data, undefined, 2) : text}\n`);
  }

  /** Writes a line about the work, unless --quiet is given. */
  public note(text: string): void {
    if (!this.options().quiet) this.write(text);
  }

  /** Writes a line that only --verbose shows. */
  public detail(text: string): void {
    if (this.options().verbose) this.note(this.errorStyle.paint("dim", text));
  }

  /** Writes what the user should know although the command goes on. --quiet does not hide it. */
  public warning(text: string): void {
    this.write(`${this.errorStyle.paint("yellow", "warning:")} ${text}`);
  }

  /** Writes the warnings about the configuration, which every command repeats, unless --quiet is given. */
  public configurationWarnings(lines: readonly string[]): void {
    if (!this.options().quiet) for (const line of lines) this.warning(line);
  }

  /** Writes an error, and what to do next. */
  public failure({ message, next }: UserError): void {
    const [first = "", ...rest] = message.split("\n");
    this.write([this.errorStyle.paint("red", first), ...rest, next ?? []].flat().join("\n"));
  }

  /** Shows what is being done: in place on a terminal, as a line every ten seconds elsewhere. */
  public live(text: string): void {
    if (this.options().quiet) return;
    if (this.io.stderr.isTTY) {
      const line = text.slice(0, this.errorStyle.columns - 1);
      if (line !== this.shown) this.io.stderr.write(`${CLEAR_LINE}${line}`);
      this.shown = line;
    } else if (this.now() - this.lastLogged >= LOG_INTERVAL_MS) this.write(text);
  }

  /** Whether lines can be replaced. */
  public get isTerminal(): boolean {
    return this.io.stderr.isTTY === true && !this.options().quiet;
  }

  /** Shows lines in place of those that were shown before; they stay when something else is written. */
  public replace(lines: readonly string[]): void {
    const width = this.errorStyle.columns - 1;
    const up = this.replaced === 0 ? "" : `\u001b[${this.replaced}A${CLEAR_BELOW}`;
    this.io.stderr.write(`${up}${lines.map((line) => `${CLEAR_LINE}${line.slice(0, width)}\n`).join("")}`);
    this.replaced = lines.length;
  }

  /** Removes the live line. */
  public clear(): void {
    if (this.shown !== "") this.io.stderr.write(CLEAR_LINE);
    this.shown = "";
  }

  private write(text: string): void {
    this.clear();
    this.io.stderr.write(`${text}\n`);
    this.replaced = 0;
    this.lastLogged = this.now();
  }
}
