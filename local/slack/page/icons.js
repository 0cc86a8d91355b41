const SVG = 'http://www.w3.org/2000/svg';

const PATHS = {
  lock: 'M5 7V5a3 3 0 0 1 6 0v2M4 7h8v6H4z',
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 6.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  up: 'M5 13.5V7.2L8 2c1.2 0 1.7.9 1.5 2L9 6.5h3.6c.9 0 1.4.7 1.2 1.5l-1.2 4.3c-.2.7-.7 1.2-1.5 1.2zM2.2 7.2h2.3v6.3H2.2z',
  down: 'M11 2.5v6.3L8 14c-1.2 0-1.7-.9-1.5-2L7 9.500H3.400c-.9 0-1.400-.7-1.200-1.500l1.200-4.300c.2-.7.7-1.200 1.500-1.200zM13.800 8.800h-2.300V2.500h2.300z',
};

/** A small line drawing, so that the page needs no emoji font. It is decoration: names stand elsewhere. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [key, value] of Object.entries({
    viewBox: '0 0 16 16',
    width: 16,
    height: 16,
    fill: 'none',
    'aria-hidden': 'true',
  })) {
    svg.setAttribute(key, String(value));
  }
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  path.setAttribute('stroke', 'currentColor');
  path.setAttribute('stroke-width', '1.4');
  path.setAttribute('stroke-linecap', 'round');
  path.setAttribute('stroke-linejoin', 'round');
  svg.append(path);
  return svg;
}
