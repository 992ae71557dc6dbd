import type { Ledger } from './ledger';
import { isOurs, isOwnElement, ownAttribute } from './own';
import type { Unit } from './unit';

/**
 * Tells changes of ours from those of the page. What the page has taken out of a block of its own is no change of ours,
 * though it was ours.
 */
export function createOwnWrites(ledger: Ledger, units: ReadonlyMap<number, Unit>) {
  const isWiped = (node: Node): boolean => {
    if (node.isConnected) return false;
    const unit = units.get(Number((node as Element).getAttribute('data-unit')));
    return unit?.element === node && (unit.form === 'added' || unit.form === 'instead');
  };
  return ({ type, target, addedNodes, removedNodes, attributeName }: MutationRecord): boolean => {
    if (isOurs(target)) return true;
    if (type === 'characterData') return ledger.wroteText(target as Text);
    if (type === 'attributes') {
      const name = attributeName ?? '';
      return name.startsWith(ownAttribute) || ledger.wroteLast(target as Element, name);
    }
    for (const node of addedNodes) if (!isOwnElement(node)) return false;
    for (const node of removedNodes) if (!isOwnElement(node) || isWiped(node)) return false;
    return true;
  };
}
