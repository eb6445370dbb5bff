import { main } from "./src/cli/run";

// `cdktf synth` runs this file.
main(["synth", ...process.argv.slice(2)]);
