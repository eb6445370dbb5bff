import { Ui } from "../src/cli/ui";
import { asUserError } from "../src/errors";
import { bench } from "./bench";

const ui = new Ui(process);
try {
  process.exitCode = bench(process.argv.slice(2), ui);
} catch (error) {
  const userError = asUserError(error);
  if (!userError) throw error;
  ui.failure(userError);
  process.exitCode = userError.exitCode;
}
