import type { BuildCall } from "./build-options";

/** What builds, keeps and moves the images of a build. Each gives an exit code. */
export interface ImageEngine {
  /** @param command The words before the options: `build`, or `buildx build`. @param args The options as given. */
  build(call: BuildCall, command: readonly string[], args: readonly string[]): Promise<number>;
  /** Pushes an image of ECR to the registry. @returns its digest. @throws Refusal */
  push(image: string): Promise<string>;
  /** Pulls an image of ECR from the registry. */
  pull(image: string, options: readonly string[]): Promise<number>;
  /** What `docker inspect` says of an image; undefined if there is none. */
  inspect(image: string): Promise<object | undefined>;
  /** Every other command, as given. */
  other(command: string, args: readonly string[]): Promise<number>;
}
