/** The styles of the page: accounts side by side, in the colors that the reader's system prefers. */
export const pageStyle = `
:root { --page: #f6f5f1; --card: #fff; --ink: #1d2127; --soft: #5b6470; --line: #d9d6cc; --lane-0: #dfe9f7;
  --lane-1: #e2f1e4; --edge-0: #3567b3; --edge-1: #2f8049; --good: #1c7a3f; --bad: #b3261e;
  --bad-card: #fdecea; --code: #f1efe9 }
@media (prefers-color-scheme: dark) {
  :root { --page: #14171b; --card: #20252c; --ink: #e8eaed; --soft: #a3adb9; --line: #39414c;
    --lane-0: #18263a; --lane-1: #172c20; --edge-0: #79a8ee; --edge-1: #6fc48a; --good: #7fd39b;
    --bad: #ff9d94; --bad-card: #3a1f1d; --code: #171b20 }
}
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem 1rem 4rem; background: var(--page);
  color: var(--ink); font: 1rem/1.45 system-ui, sans-serif; overflow-wrap: anywhere }
h1 { margin: 0 0 .5rem; font-size: 1.9rem; letter-spacing: -.02em }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.3rem } h3 { margin: 0; font-size: 1rem }
.verdict { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0 0 1rem; color: var(--soft) }
.verdict.holds strong { color: var(--good) } .verdict.fails strong, .faults h2 { color: var(--bad) }
nav { display: flex; flex-wrap: wrap; gap: .4rem }
nav a { padding: .2rem .7rem; border: 1px solid var(--line); border-radius: 1rem; background: var(--card);
  color: inherit; font-size: .875rem; text-decoration: none }
.chain { position: relative; display: grid; grid-template-columns: 1fr 1fr; border-radius: .75rem }
.lanes-1 { grid-template-columns: 1fr } .lane { grid-row: 1; padding: .75rem 1rem }
.lane-0 { grid-column: 1; border-radius: .75rem 0 0 .75rem; background: var(--lane-0) }
.lane-1 { grid-column: 2; border-radius: 0 .75rem .75rem 0; background: var(--lane-1) }
.lanes-1 .lane { border-radius: .75rem }
.account { position: sticky; top: 0; z-index: 1; margin: -.75rem -1rem 0; padding: .6rem 1rem;
  border-radius: inherit; background: inherit; font-size: .875rem; color: var(--soft);
  font-variant-numeric: tabular-nums } .lane-0 b { color: var(--edge-0) } .lane-1 b { color: var(--edge-1) }
.account b { font-size: 1.05rem }
.hops { grid-row: 1; grid-column: 1 / -1; display: grid; grid-template-columns: subgrid; row-gap: .5rem;
  padding: 3rem 0 1rem; align-items: start }
.hops h3 { grid-column: 1 / -1; justify-self: center; margin: 1rem 0 .1rem; padding: .15rem .9rem;
  border: 1px solid var(--line); border-radius: 1rem; background: var(--page); font-size: .8rem;
  color: var(--soft); text-transform: uppercase; letter-spacing: .08em }
.hop, article { border: 1px solid var(--line); border-radius: .5rem; background: var(--card);
  font-size: .875rem } .hop { grid-column: 1; margin: 0 .75rem; border-left: .3rem solid var(--edge-0) }
.hop.at-1 { grid-column: 2; border-left-color: var(--edge-1) }
.hop.onward, .hop.back { grid-column: 1 / -1 } .hop.onward { border-right: .3rem solid var(--edge-1) }
.hop.back { border-left-color: var(--edge-0); border-right: .3rem solid var(--edge-1) }
.hop[open] { grid-column: 1 / -1 }
.hop.fails, article.fails { border-color: var(--bad); background: var(--bad-card) }
summary { cursor: pointer; padding: .5rem .75rem; list-style: none }
summary::-webkit-details-marker { display: none }
summary:focus-visible { outline: 2px solid var(--edge-0); outline-offset: 2px; border-radius: .5rem }
summary b::after { content: " ✓"; color: var(--good) }
.fails > summary b::after { content: " ✗"; color: var(--bad) }
.who, .to { display: block; font: .8rem/1.4 ui-monospace, monospace; color: var(--soft) }
.within .to::before { content: "→ " }
.onward summary, .back summary { display: grid; grid-template-columns: 1fr auto 1fr; gap: 0 .75rem;
  align-items: center } .onward summary b, .back summary b { grid-column: 1 / -1; text-align: center }
.onward summary::after, .back summary::after { grid-row: 2; grid-column: 2; content: "────▶";
  color: var(--edge-1); letter-spacing: -.1em }
.back summary::after { content: "◀────"; color: var(--edge-0) }
.onward .who, .back .to { grid-row: 2; grid-column: 1 }
.onward .to, .back .who { grid-row: 2; grid-column: 3; text-align: right }
dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem .75rem; margin: 0;
  padding: .25rem .75rem .5rem } dt { color: var(--soft) } dd { margin: 0 }
code, pre { font: .8rem/1.5 ui-monospace, monospace; background: var(--code); border-radius: .3rem }
code { padding: .05rem .3rem } pre { margin: .3rem 0 0; padding: .6rem .75rem; white-space: pre-wrap }
.yes, .no { display: inline-block; font: .8rem/1.6 ui-monospace, monospace; margin-right: .5rem }
.yes::before { content: "✓ "; color: var(--good) } .no::before { content: "✗ "; color: var(--bad) }
figure { margin: 0; padding: .4rem .75rem .6rem; border-top: 1px solid var(--line) }
figcaption { color: var(--soft); font-size: .8rem } figcaption b { color: var(--ink); font-size: .875rem }
.hop > p { margin: 0; padding: .25rem .75rem .6rem; color: var(--soft) }
.reasons { margin-top: .75rem; border: 1px solid var(--line); border-radius: .5rem;
  background: var(--card); font-size: .875rem }
.reasons ul, article ul { margin: 0; padding: .25rem 1rem .75rem 1.75rem } .reasons li { margin: .3rem 0 }
.reasons li.fails b { color: var(--bad) } .faults { display: grid; gap: .75rem } article { padding: .75rem }
article dl { padding-left: 0 }
@media (max-width: 40rem) {
  body { padding-inline: .75rem } .account { padding-inline: .6rem } .hops { padding-top: 4.2rem }
  .account b { display: block } .hop, .hop.at-1 { grid-column: 1 / -1; margin: 0 2.75rem 0 .4rem }
  .hop.at-1 { margin: 0 .4rem 0 2.75rem } .hop.onward, .hop.back, .hop[open] { margin: 0 .4rem }
  .onward summary, .back summary { grid-template-columns: 1fr }
  .onward summary b, .back summary b { text-align: left }
  .onward .who, .back .who { grid-row: 2; grid-column: 1; text-align: left }
  .onward .to, .back .to { grid-row: 4; grid-column: 1; text-align: left }
  .onward summary::after, .back summary::after { grid-row: 3; grid-column: 1; content: "▼";
    letter-spacing: 0 } .back summary::after { color: var(--edge-0) }
}
`;
