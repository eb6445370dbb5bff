import { ExitCode, InputError } from "../../errors";
import { defineCommand } from "../command";
import { writePage } from "../report/write-page";
import { readTemplate } from "../template";

export const permissions = defineCommand({
  name: "permissions",
  summary: "proves that every role may do what it must, and nothing else",
  description: `Proves that every step of every delivery has the permissions that it needs, and that none has more. It
reads the stacks in cdktf.out, which npx codeseries synth wrote, and asks an IAM simulator; AWS is not called.`,
  script: "npm run permissions",
  options: {
    deployed: { description: "reads the policies from AWS instead of cdktf.out" },
    html: { value: "[file]", description: "writes the report as a page, to a file or to standard output" },
    policies: { description: "prints the policies as JSON and proves nothing" },
  },
  json: "the whole report: every call, and every cause of a failure",
  variables: ["CODESERIES_CONFIG", "CDKTF_OUTDIR"],
  exitCodes: { done: "proven", failed: "not proven" },
  examples: [
    "npx codeseries permissions --html permissions.html",
    "npx codeseries permissions --deployed --json > permissions.json",
  ],
  async run({ env, options: { deployed = false, html, policies = false }, ui }) {
    const { json = false, verbose = false } = ui.options();
    const alone = [html === true && "--html", policies && "--policies", json && "--json"].filter(Boolean);
    if (alone.length > 1 || (policies && html !== undefined))
      throw new InputError(`expected one of --html, --policies and --json, got ${alone.join(" and ")}`);
    const { readPolicies } = await import("../prove-permissions");
    const proof = await import("../../permissions");
    const { system, policies: found, stale, warnings } = await readPolicies(env, deployed);
    ui.configurationWarnings(warnings);
    if (policies) {
      ui.result(proof.policiesJson(found));
      return ExitCode.done;
    }
    const onProgress = (text: string) => {
      ui.live(text);
    };
    const report = await proof.provePermissions(system, found, onProgress, stale());
    const { paint } = ui.style;
    const page = () => proof.reportHtml(report, readTemplate("page.css") + readTemplate("permissions.css"));
    if (html === true) ui.result(page());
    else {
      if (html !== undefined) {
        writePage(html, page());
        ui.note(`Wrote ${html}`);
      }
      const table = verbose ? `${proof.tableText(report, paint)}\n\n` : "";
      ui.result(json ? proof.reportJson(report) : table + proof.summaryText(report, paint));
    }
    return report.proven ? ExitCode.done : ExitCode.failed;
  },
});
