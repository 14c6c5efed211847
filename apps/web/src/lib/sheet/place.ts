/** Remembers the criterion a person was at, and brings them back to it when they come again without asking for another place. */
export function keepPlace(key: string): () => void {
  const name = `dinh.place.${key}`;
  const cards = () => [...document.querySelectorAll<HTMLElement>('[data-criterion]')];
  try {
    const last = localStorage.getItem(name);
    if (last && !location.hash && scrollY < 8) document.getElementById(last)?.scrollIntoView({ block: 'start' });
  } catch {
    return () => {};
  }
  let pending: ReturnType<typeof setTimeout> | undefined;
  const note = () => {
    clearTimeout(pending);
    pending = setTimeout(() => {
      const here = cards().findLast((card) => card.getBoundingClientRect().top < innerHeight / 3);
      try {
        if (here) localStorage.setItem(name, here.id);
        else localStorage.removeItem(name);
      } catch {
        // Without a store the place is simply not kept.
      }
    }, 250);
  };
  addEventListener('scroll', note, { passive: true });
  return () => {
    clearTimeout(pending);
    removeEventListener('scroll', note);
  };
}
