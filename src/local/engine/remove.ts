import { rmSync } from "node:fs";
import { notedEngine, taskIds, tasksFolder } from "./notes";
import { openEngine } from "./open";

/**
 * Removes every task, and everything of the engine: processes, networks, mounts, containers and images. It needs
 * neither moto nor the controllers, which must have ended.
 */
export async function removeAllTasks(): Promise<void> {
  const name = notedEngine();
  if (name === undefined) return;
  const engine = openEngine(name, () => undefined);
  for (const task of taskIds()) await engine.remove(task);
  await engine.removeAll();
  rmSync(tasksFolder(), { recursive: true, force: true });
}
