import { InputError } from "../errors";

/** Something that the proof must read and cannot. The message says what, and where. */
export class UnreadableError extends InputError {}
