import { Buildah } from "./buildah/buildah";
import { Docker } from "./docker/docker";
import type { Engine } from "./engine";
import type { EngineName } from "./kind";
import { NoEngine } from "./none/none";

/** @param say Receives what a person must know of an engine's work. */
export function openEngine(name: EngineName, say: (text: string) => void): Engine {
  if (name === "buildah") return new Buildah(say);
  return name === "none" ? new NoEngine() : new Docker(name);
}
