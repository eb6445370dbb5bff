import { main } from "./run";

main(process.argv.slice(2));
