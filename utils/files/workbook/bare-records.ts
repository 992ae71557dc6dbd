/** Excel 2 to 4 wrote its records without a container; the first one says so. */
export const isBareRecords = ([type, version, length, zero]: Uint8Array): boolean =>
  type === 9 &&
  (version === 0 || version === 2 || version === 4) &&
  zero === 0 &&
  (length === 4 || length === 6);
