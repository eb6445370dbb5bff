export * from "../../permissions/read/key-twice";
