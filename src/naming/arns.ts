export * from "../system/arns";
