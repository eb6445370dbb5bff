/**
 * In place of the library that CDKTF makes archives with. It is a third of the time in which CDKTF loads, in
 * each test file, and nothing here makes an archive.
 */
export default function archiver(): never {
  throw new Error("no construct makes an archive");
}
