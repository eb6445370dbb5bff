import { optionsOf } from "../../bench/options";

test("defaults", () => {
  expect(optionsOf([])).toEqual({ services: [1, 10, 100, 300], runs: 3, json: false, help: false });
});

test("numbers of services ascend, each once", () => {
  expect(optionsOf(["--services", "30,4,30", "--runs", "5", "--json"])).toEqual({
    services: [4, 30],
    runs: 5,
    json: true,
    help: false,
  });
});

test.each([[["--services", "1,"]], [["--services", "-1"]], [["--runs", "0"]], [["--fast"]], [["extra"]]])(
  "%p is refused, with the usage",
  (args) => {
    expect(() => optionsOf(args)).toThrow("Usage: npm run");
  },
);
