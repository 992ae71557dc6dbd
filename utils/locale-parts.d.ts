/** Parts of a language; see `localeParts` in wxt.config.ts. */
declare module '*.json?part=panel' {
  const messages: object;
  export default messages;
}
declare module '*.json?part=pages' {
  const messages: object;
  export default messages;
}
declare module '*.json?part=comparisons' {
  const messages: object;
  export default messages;
}
declare module '*.json?part=troubles' {
  const messages: object;
  export default messages;
}
declare module '*.json?part=sheets' {
  const messages: object;
  export default messages;
}
declare module '*.json?part=runs' {
  const messages: object;
  export default messages;
}
declare module '*.json?part=searches' {
  const messages: object;
  export default messages;
}
declare module '*.json?part=overlay' {
  const messages: object;
  export default messages;
}
declare module '*.json?part=files' {
  const messages: object;
  export default messages;
}
