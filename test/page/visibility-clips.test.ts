import { describe, expect, it } from 'vitest';
import { isClippedAway } from '@/utils/page/visibility/clip-shapes';
import { pageOf } from '../fixtures/documents';

const page = pageOf(
  '<body><svg><clipPath id="empty"></clipPath><clipPath id="full"><rect/></clipPath></svg></body>',
);
const open = { clipPath: 'none', clip: 'auto', position: 'static', maskImage: 'none', maskSize: 'auto' };
const clipped = (style: Partial<CSSStyleDeclaration>) =>
  isClippedAway(page.body, { ...open, ...style } as CSSStyleDeclaration);

describe('what leaves nothing of an element', () => {
  it.each([
    'inset(100%)',
    'inset(50%)',
    'inset(50% 0px)',
    'inset(0px 60% 0px 40%)',
    'inset(50% round 4px)',
    'circle(0px)',
    'circle(0px at 50% 50%)',
    'ellipse(0px 20px)',
    'polygon(0px 0px, 0px 0px, 0px 0px)',
    'polygon(evenodd, 10px 0px, 10px 40px, 10px 80px)',
    'xywh(0px 0px 0px 10px)',
    'url("#empty")',
  ])('is the clip path %s', (clipPath) => {
    expect(clipped({ clipPath })).toBe(true);
  });

  it.each([
    'inset(0px)',
    'inset(10% 20%)',
    'circle(50%)',
    'polygon(0px 0px, 100% 0px, 100% 100%)',
    'url("#full")',
    'url("#missing")',
    'border-box',
    'path("M 0 0 L 10 10")',
  ])('is not the clip path %s', (clipPath) => {
    expect(clipped({ clipPath })).toBe(false);
  });

  it('is an empty rectangle, where rectangles count', () => {
    const clip = 'rect(1px, 1px, 1px, 1px)';
    expect(clipped({ clip, position: 'absolute' })).toBe(true);
    expect(clipped({ clip })).toBe(false);
    expect(clipped({ clip: 'rect(0px, 200px, 50px, 0px)', position: 'absolute' })).toBe(false);
  });

  it('is a mask without anything in it', () => {
    expect(clipped({ maskImage: 'linear-gradient(rgba(0, 0, 0, 0), rgba(0, 0, 0, 0))' })).toBe(true);
    expect(clipped({ maskImage: 'linear-gradient(rgb(0, 0, 0), rgba(0, 0, 0, 0))' })).toBe(false);
    expect(clipped({ maskImage: 'url("icon.svg")' })).toBe(false);
    expect(clipped({ maskImage: 'linear-gradient(rgb(0, 0, 0), rgb(0, 0, 0))', maskSize: '0px 0px' })).toBe(
      true,
    );
  });
});
