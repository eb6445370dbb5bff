/**
 * What went wrong outside the configuration: a tool, a service, something in the way. The message is for
 * a person, says what to do, and is shown without a trace.
 */
export class Failure extends Error {}

/** An end that the user asked for, with Ctrl-C or SIGTERM. */
export class Interrupted extends Failure {}
