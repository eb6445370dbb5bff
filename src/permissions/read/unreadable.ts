import { InputError } from "../../errors";

/** Something that must be read before anything can be proven, and cannot be. The message names it. */
export class UnreadableError extends InputError {}
