import { main } from "codeseries/command";

// npx cdktf synth runs this file. It writes what npx codeseries synth writes.
main(["synth"]);
