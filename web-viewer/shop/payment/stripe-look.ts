import type { Appearance } from '@stripe/stripe-js';

/** The page's colours and radii for Stripe's own frame, which cannot read the page's style sheet. */
export function stripeLook(): Appearance {
  const isDark = window.getComputedStyle(document.documentElement).colorScheme === 'dark' || prefersDark();
  return {
    theme: isDark ? 'night' : 'stripe',
    variables: {
      colorPrimary: tokenColour('--accent-text'),
      colorBackground: tokenColour('--surface-raised'),
      colorText: tokenColour('--text'),
      colorTextSecondary: tokenColour('--text-muted'),
      colorDanger: tokenColour('--danger-text'),
      borderRadius: '8px',
      fontFamily: 'system-ui, sans-serif',
    },
  };
}

function prefersDark(): boolean {
  const isChosen = document.documentElement.dataset['theme'] !== undefined;
  return !isChosen && window.matchMedia('(prefers-color-scheme: dark)').matches;
}

/** A token as `rgb()`: the tokens are OKLCH, which Stripe does not read, so one pixel of it is painted and looked at. */
function tokenColour(name: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const { color } = window.getComputedStyle(probe);
  probe.remove();
  const brush = document.createElement('canvas').getContext('2d');
  if (brush === null) return color;
  brush.fillStyle = color;
  brush.fillRect(0, 0, 1, 1);
  const [red, green, blue] = brush.getImageData(0, 0, 1, 1).data;
  return `rgb(${red}, ${green}, ${blue})`;
}
