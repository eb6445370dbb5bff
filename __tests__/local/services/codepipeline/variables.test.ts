import {
  artifactKey,
  randomSuffix,
  resolve,
  UnknownVariable,
} from "../../../../src/local/services/codepipeline/variables";

const namespaces = { Source: { CommitId: "a1", Empty: "" }, "Build@x": { "A-B": "#{Source.CommitId}" } };

test.each([
  ["plain", "plain"],
  ["#{Source.CommitId}", "a1"],
  ["<#{Source.CommitId}> <#{Source.CommitId}>", "<a1> <a1>"],
  ["[#{Source.Empty}]", "[]"],
  ["a value is not resolved again: #{Build@x.A-B}", "a value is not resolved again: #{Source.CommitId}"],
  ["#{not a reference}", "#{not a reference}"],
  ["${Source.CommitId}", "${Source.CommitId}"],
])("%s", (text, resolved) => {
  expect(resolve(text, namespaces)).toBe(resolved);
});

test.each(["#{Source.Other}", "#{Other.CommitId}"])("%s is unknown", (text) => {
  expect(() => resolve(text, namespaces)).toThrow(UnknownVariable);
});

test.each([
  ["orders", "Source", "orders/Source/AbCdEf0"],
  ["bys-shared-cdpl-awssdk-iam-dev", "SourceArtifact", "bys-shared-cdpl-awss/SourceArti/AbCdEf0"],
])("the key of an artifact of %s, %s", (pipeline, artifact, key) => {
  expect(artifactKey(pipeline, artifact, "AbCdEf0")).toBe(key);
});

test("a suffix has seven letters and digits, and differs", () => {
  const suffixes = Array.from({ length: 50 }, randomSuffix);
  for (const suffix of suffixes) expect(suffix).toMatch(/^[A-Za-z0-9]{7}$/);
  expect(new Set(suffixes).size).toBe(50);
});
