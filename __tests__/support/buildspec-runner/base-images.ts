import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Base images of the examples. They cannot be pulled here, so the machine's own programs stand in for them. */
export const BASE_IMAGES = {
  java: "public.ecr.aws/amazoncorretto/amazoncorretto:17-al2023-headless",
  node: "public.ecr.aws/docker/library/node:22-alpine",
} as const;
export type BaseImage = keyof typeof BASE_IMAGES;

/** Runs a program that must succeed. @throws Error with what it wrote. */
export function must(program: string, args: readonly string[], cwd?: string): string {
  const { error, status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: "utf8" });
  if (error)
    throw new Error(`${program} is needed: apt-get install buildah busybox-static openjdk-17-jdk-headless`);
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${stderr}${stdout}`);
  return stdout;
}

/** The shared libraries of a program, by the paths at which its loader looks for them. */
const librariesOf = (file: string, own: string) =>
  [...must("ldd", [file]).matchAll(/(?:=> )?(\/\S+) \(0x/g)]
    .map(([, path = ""]) => path)
    .filter((path) => !path.startsWith(own));

/** Writes the file system of a base image, a hollow one without its program, and gives the context of its build. */
function writeBaseImage(folder: string, image: BaseImage, content: "whole" | "hollow"): string {
  const context = join(folder, `base-${image}`);
  const root = (...path: string[]) => join(context, "root", ...path);
  for (const name of ["bin", "etc", "tmp", "usr/bin"]) mkdirSync(root(name), { recursive: true });
  cpSync(realpathSync("/bin/busybox"), root("bin", "busybox"));
  for (const applet of ["sh", "cat", "ls", "env"]) symlinkSync("busybox", root("bin", applet));
  writeFileSync(root("etc", "passwd"), "root:x:0:0::/root:/bin/sh\nnode:x:1000:1000::/tmp:/bin/sh\n");
  writeFileSync(root("etc", "group"), "root:x:0:\nnode:x:1000:\n");

  if (content === "whole") addProgram(image, root);
  writeFileSync(
    join(context, "Dockerfile"),
    "FROM scratch\nCOPY root /\nENV PATH=/opt/java/bin:/usr/bin:/bin\n",
  );
  return context;
}

function addProgram(image: BaseImage, root: (...path: string[]) => string): void {
  const java = root("opt", "java");
  if (image === "java")
    must("jlink", [
      "--add-modules",
      "java.base,jdk.httpserver",
      "--no-man-pages",
      "--no-header-files",
      "--output",
      java,
    ]);
  else cpSync(realpathSync(process.execPath), root("usr", "bin", "node"));
  const programs =
    image === "java"
      ? [join(java, "bin", "java"), join(java, "lib", "server", "libjvm.so")]
      : [root("usr", "bin", "node")];
  for (const library of new Set(programs.flatMap((program) => librariesOf(program, java)))) {
    mkdirSync(dirname(root(library)), { recursive: true });
    cpSync(realpathSync(library), root(library));
  }
}

/** Builds a base image into a machine's images, under its public name. */
export function provideBaseImage(
  folder: string,
  image: BaseImage,
  content: "whole" | "hollow",
  buildah: readonly string[],
): void {
  const context = writeBaseImage(folder, image, content);
  must("buildah", [
    ...buildah,
    "bud",
    "--quiet",
    "--isolation",
    "chroot",
    "--tag",
    BASE_IMAGES[image],
    context,
  ]);
  rmSync(context, { recursive: true });
}
