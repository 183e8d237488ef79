/// A Falcon parameter set as a type, so that keys of different sets cannot be mixed up.
///
/// Only this module can make a ``FalconParameters`` value: ``Falcon512`` and ``Falcon1024`` are all there are.
public protocol FalconParameterSet: Sendable {
    /// The set's constants.
    static var parameters: FalconParameters { get }
}
