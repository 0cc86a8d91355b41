export function TaskCard() {
  return null;
}
