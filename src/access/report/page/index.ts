import { isProven, type Report } from "../report";
import { faultsHtml } from "./faults";
import { anchor, text } from "./html";
import { survivorsHtml, wildcardsHtml } from "./reasons";
import { sectionHtml } from "./section";
import { pageStyle } from "./style";

/**
 * A report as one page that needs nothing else: each chain as a picture with the accounts as lanes, each
 * hop opening to the statements that allow it. It has no script.
 */
export function reportHtml(report: Report): string {
  const { mutations, proof, wildcards } = report;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>Who may do what</title>
<style>${pageStyle}</style>
</head>
<body>
<header>
<h1>Who may do what</h1>
${verdict(report)}
<nav aria-label="Sections">${proof.sections.map(({ title }) => `<a href="#${anchor(title)}">${text(title)}</a>`).join("")}</nav>
</header>
<main>
${faultsHtml(report)}
${proof.sections.map(sectionHtml).join("\n")}
<section>
<h2>Why it is not tighter</h2>
${wildcardsHtml(wildcards)}
${mutations ? survivorsHtml(mutations) : ""}
</section>
</main>
</body>
</html>`;
}

function verdict(report: Report): string {
  const { allowed, forbidden, needed, refused } = report.counts;
  const proven = isProven(report);
  return `<p class="verdict ${proven ? "holds" : "fails"}"><strong>${proven ? "✓ proven" : "✗ not proven"}</strong>
<span>${allowed} of ${needed} needed calls allowed</span><span>${refused} of ${forbidden} forbidden calls refused</span>${mutationRate(report)}</p>`;
}

function mutationRate({ mutations }: Report): string {
  if (!mutations) return "";
  const noticed = mutations.fates.filter(({ killedBy }) => killedBy).length;
  return `<span>${noticed} of ${mutations.fates.length} mutants noticed</span>`;
}
