import { packageFile } from "../../../process/package-file";

/**
 * The command of a program of ours in Python, which the embedded AWS needs anyway. It uses Python's own library only,
 * and writes no compiled files into the package.
 */
export const pythonProgram = (name: "stand_in" | "supervisor" | "task_network") => [
  "python3",
  "-B",
  packageFile(`src/local/engine/programs/${name}.py`),
];
