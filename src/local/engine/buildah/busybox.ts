import { copyFileSync, existsSync, mkdirSync, symlinkSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { asRoot, buildah, isRoot, policy } from "./storage";
import { outputOf } from "../run-program";

/** Where a distribution has busybox, without shared libraries. */
const PROGRAMS = ["/bin/busybox", "/usr/bin/busybox"];

/** Whether an image is busybox by its name, as the placeholder of a service is. */
export const isBusybox = (reference: string) => /(^|\/)busybox(:|@|$)/.test(reference);

/**
 * Makes the image of busybox from this machine's program, for a machine without a network.
 *
 * @returns false if the machine has none.
 */
export async function buildBusybox(reference: string): Promise<boolean> {
  const program = PROGRAMS.find((file) => existsSync(file));
  if (program === undefined) return false;
  const container = await buildah(["from", ...policy(), "scratch"]);
  try {
    await install(program, await buildah(["mount", container]));
    await buildah(["config", "--cmd", "sh", container]);
    await buildah(["commit", "--quiet", ...policy(), container, reference.replace(/@.*/, "")]);
  } finally {
    await buildah(["rm", container]);
  }
  return true;
}

async function install(program: string, root: string): Promise<void> {
  if (!isRoot()) {
    // The files of another user namespace's root are this user's own.
    const [file, ...args] = asRoot(["chmod", "755", root]);
    await outputOf(file, args);
  }
  for (const folder of ["bin", "dev", "etc", "proc", "sys", "var"])
    mkdirSync(join(root, folder), { recursive: true });
  mkdirSync(join(root, "tmp"), { recursive: true, mode: 0o1777 });
  copyFileSync(program, join(root, "bin/busybox"));
  const { stdout } = spawnSync(program, ["--list"], { encoding: "utf8" });
  for (const applet of stdout.trim().split("\n"))
    if (applet !== "busybox") symlinkSync("busybox", join(root, "bin", applet));
}
