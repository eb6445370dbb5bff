import type { Progress } from "../../process/progress";
import type { StackProgress } from "./stack-progress";

const INTERVAL_MS = 1_000;

/** Shows every stack that Terraform is working on in one line, once a second. */
export class LiveLine {
  private readonly stacks = new Set<StackProgress>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly progress: Progress) {}

  /** Shows a stack while it is being worked on. */
  public async during<T>(stack: StackProgress, work: Promise<T>): Promise<T> {
    this.stacks.add(stack);
    this.timer ??= setInterval(() => {
      this.progress.live([...this.stacks].join("; "));
    }, INTERVAL_MS);
    try {
      return await work;
    } finally {
      this.stacks.delete(stack);
      if (this.stacks.size === 0) {
        clearInterval(this.timer);
        this.timer = undefined;
        this.progress.clear();
      }
    }
  }
}
