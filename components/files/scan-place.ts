import { type ScanPlace, useActions } from '../panel/actions';

const nowhere: ScanPlace = { images: [], addImages: () => {} };

/** The question that is being written, for notices about scanned pages and pictures. */
export const useScanPlace = (): ScanPlace => useActions().scanPlace ?? nowhere;
