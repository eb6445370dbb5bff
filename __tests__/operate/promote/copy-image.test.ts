import { copyImage } from "../../../src/operate/promote/copy-image";
import { partsOf } from "../../../src/operate/promote/copy-layer";
import { digestOf, FakeEcr } from "../../support/fake-ecr";

let source: FakeEcr;
let target: FakeEcr;

beforeEach(async () => {
  source = new FakeEcr();
  target = new FakeEcr();
  await source.start();
});
afterEach(() => {
  source.end();
});

const copied: string[] = [];
const copy = (digest: string, tag?: string) => {
  copied.length = 0;
  return copyImage(source, target, { digest, tag, onLayer: (layer) => copied.push(layer) });
};

describe("an image that is copied", () => {
  it("has the same digest, the layers, and its tag", async () => {
    const digest = source.add("the base", "the application, which needs three parts");
    await copy(digest, "promoted-1");
    expect(target.manifests).toEqual(source.manifests);
    expect(target.layers).toEqual(source.layers);
    expect([...target.tags]).toEqual([["promoted-1", digest]]);
    expect(target.parts).toEqual([8, 10, 10, 10, 10]);
  });

  it("brings only the layers that the repository lacks", async () => {
    target.add("the base");
    await copy(source.add("the base", "version 2"));
    expect(copied).toEqual([digestOf("version 2")]);
  });

  it("is left as it is if it is there already", async () => {
    const digest = source.add("the base");
    target.add("the base");
    await copy(digest);
    expect(copied).toEqual([]);
    expect(target.manifests).toEqual(source.manifests);
  });

  it("brings the images of an index before the index, and one tag", async () => {
    const platforms = [source.add("amd64"), source.add("arm64")];
    const index = source.addManifest({ manifests: platforms.map((digest) => ({ digest })) });
    await copy(index, "promoted-1");
    expect([...target.manifests.keys()]).toEqual([...platforms, index]);
    expect([...target.tags]).toEqual([["promoted-1", index]]);
  });

  it("brings a layer once that it names twice", async () => {
    await copy(source.add("same", "same"));
    expect(copied).toEqual([digestOf("same")]);
  });
});

describe("an image that is not copied", () => {
  it("is one that the source does not have", async () => {
    await expect(copy(digestOf("nothing"))).rejects.toThrow(
      /^ECR does not have the image sha256:\w+ in ecs\/web$/,
    );
    expect(target.calls).toEqual([]);
  });

  it("is one whose manifest has another digest, such as a converted one", async () => {
    const digest = source.add("the base");
    source.manifests.set(digest, "{}");
    await expect(copy(digest)).rejects.toThrow(
      `ecs/web: expected the manifest of ${digest}, got one of ${digestOf("{}")}`,
    );
    expect(target.calls).toEqual([]);
  });

  it("is one with a layer that cannot be downloaded: no manifest is written", async () => {
    const digest = source.add("the base");
    source.layers.clear();
    await expect(copy(digest)).rejects.toThrow(/could not be downloaded: HTTP 403$/);
    expect(target.manifests.size).toBe(0);
  });

  it("is one with a layer that changes on the way", async () => {
    const digest = source.add("the base");
    source.layers.set(digestOf("the base"), Buffer.from("something else"));
    await expect(copy(digest)).rejects.toThrow("InvalidLayerException");
    expect(target.manifests.size).toBe(0);
  });
});

it.each([
  [[], []],
  [[3], [3]],
  [[4], [4]],
  [
    [1, 1, 1, 1, 1],
    [4, 1],
  ],
  [
    [9, 2],
    [4, 4, 3],
  ],
])("pieces of %j bytes become parts of %j", async (pieces, parts) => {
  async function* bytes() {
    for (const size of pieces) yield await Promise.resolve(Buffer.alloc(size, size));
  }
  const found: number[] = [];
  for await (const part of partsOf(bytes(), 4)) found.push(part.length);
  expect(found).toEqual(parts);
});
