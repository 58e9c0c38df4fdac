/** Whether two pieces of plain data say the same; a field that holds nothing is as good as absent. */
export function isSameData(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null) return one === other
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const [fields, others] = [fieldsOf(one), fieldsOf(other)]
  if (fields.length !== others.length) return false
  const byName = new Map(others)
  return fields.every(([name, value]) => byName.has(name) && isSameData(value, byName.get(name)))
}

const fieldsOf = (data: object): [string, unknown][] => Object.entries(data).filter(([, value]) => value !== undefined)
