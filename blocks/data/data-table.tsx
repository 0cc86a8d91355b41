export function DataTable() {
  return null;
}
