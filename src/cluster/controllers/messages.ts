import type { MessageTemplate } from '../../trace/index.js'

const about = (name: string, head: string): MessageTemplate => ({
  name,
  arguments: ['symbol'],
  write: ([subject]) => `${head}${subject}`,
})

/** C-8. */
export const CREATED_POD = about('createdPod', 'Created pod: ')
export const DELETED_POD = about('deletedPod', 'Deleted pod: ')
export const ERROR_CREATING = about('errorCreating', 'Error creating: ')
