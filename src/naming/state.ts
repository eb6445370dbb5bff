export * from "../system/state";
